// Packages for tests, made here: small, real, and some of them hostile. Each part says on its page what it was told and tells
// what is tapped, as parts made by the tools of the field do.
import { randomUUID } from 'node:crypto'
import type { CourseId } from '#protocol/courses.ts'
import type { UploadRefused } from '#protocol/files.ts'
import { type PackageId, packageRoutes } from '#protocol/packages.ts'
import { makeZip } from '#server/platform/extract/zip.fixture.ts'
import type { TestClient } from './test-client.ts'
import { sendPiece } from './uploads.ts'

type Files = Readonly<Record<string, string | Buffer>>

const page = (title: string, script: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="../shared/page.css"></head>
<body><h1>${title}</h1><p id="at">Loading</p>
<button onclick="onward()">Onward</button><button onclick="pass()">Pass</button><button onclick="fail()">Fail</button>
<script src="../shared/find.js"></script><script>${script}</script></body></html>`

const shared: Files = {
  'shared/page.css': 'body{font-family:sans-serif;margin:1rem}button{font-size:1rem;padding:.5rem}',
  'shared/find.js': `function find(name){for(var one=window,n=0;n<10;n++){if(one[name])return one[name];if(one.parent===one)return null;one=one.parent}return null}`,
}

const tell12 = `
var api=find('API');api.LMSInitialize('');
function show(){document.getElementById('at').textContent='Page '+(api.LMSGetValue('cmi.core.lesson_location')||'1')+', kept '+(api.LMSGetValue('cmi.suspend_data')||'nothing')+', '+api.LMSGetValue('cmi.core.lesson_status')+', '+api.LMSGetValue('cmi.core.entry')}
function onward(){var at=Number(api.LMSGetValue('cmi.core.lesson_location')||1)+1;api.LMSSetValue('cmi.core.lesson_location',String(at));api.LMSSetValue('cmi.suspend_data','seen '+at);api.LMSSetValue('cmi.core.lesson_status','incomplete');api.LMSCommit('');show()}
function end(score,status){api.LMSSetValue('cmi.core.score.raw',String(score));api.LMSSetValue('cmi.core.score.min','0');api.LMSSetValue('cmi.core.score.max','100');api.LMSSetValue('cmi.core.lesson_status',status);api.LMSCommit('');show()}
function pass(){end(85,'passed')}function fail(){end(20,'failed')}
addEventListener('pagehide',function(){api.LMSFinish('')});show()`

const tell2004 = `
var api=find('API_1484_11');api.Initialize('');
function show(){document.getElementById('at').textContent='Page '+(api.GetValue('cmi.location')||'1')+', kept '+(api.GetValue('cmi.suspend_data')||'nothing')+', '+api.GetValue('cmi.completion_status')+', '+api.GetValue('cmi.entry')}
function onward(){var at=Number(api.GetValue('cmi.location')||1)+1;api.SetValue('cmi.location',String(at));api.SetValue('cmi.suspend_data','seen '+at);api.SetValue('cmi.completion_status','incomplete');api.Commit('');show()}
function end(score,status){api.SetValue('cmi.score.scaled',String(score));api.SetValue('cmi.completion_status','completed');api.SetValue('cmi.success_status',status);api.Commit('');show();api.SetValue('adl.nav.request','continue');api.Terminate('')}
function pass(){end(0.9,'passed')}function fail(){end(0.2,'failed')}
show()`

const manifest12 = (items: string, resources: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>What a leaf is for</title>${items}</organization></organizations>
<resources>${resources}</resources></manifest>`

const one12 = manifest12(
  '<item identifier="one" identifierref="R1"><title>The leaf</title><adlcp:masteryscore>80</adlcp:masteryscore></item>',
  '<resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="leaf/index.html"/>',
)

/** The files of a package of SCORM 1.2 with one part, passed from 80 of 100 on. */
export const leafFiles: Files = { 'imsmanifest.xml': one12, ...shared, 'leaf/index.html': page('The leaf', tell12) }

/** The files of a package of SCORM 2004 with two parts that tell, and a page that does not. */
export const treeFiles: Files = {
  'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>The whole tree</title>
<item identifier="above"><title>Above the ground</title>
<item identifier="crown" identifierref="R1"><title>The crown</title><imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>
<item identifier="trunk" identifierref="R2"><title>The trunk</title></item></item>
<item identifier="root" identifierref="R3" parameters="?from=below"><title>The root</title></item>
</organization></organizations>
<resources xml:base="parts/"><resource identifier="R1" type="webcontent" adlcp:scormType="sco" href="crown.html"/>
<resource identifier="R2" type="webcontent" adlcp:scormType="asset" href="trunk.html"/>
<resource identifier="R3" type="webcontent" adlcp:scormType="sco" href="root.html"/></resources></manifest>`,
  ...shared,
  'parts/crown.html': page('The crown', tell2004),
  'parts/trunk.html': '<!doctype html><html lang="en"><title>The trunk</title><h1>The trunk</h1></html>',
  'parts/root.html': page('The root', tell2004),
}

const json = (value: object): string => JSON.stringify(value)
const needs = (machineName: string, majorVersion: number, minorVersion: number) => ({
  machineName,
  majorVersion,
  minorVersion,
})

// Made here for the tests: a question with two buttons, as libraries of the field are written.
const questionScript = `
var H5P = H5P || {};
H5P.LecternButton = (function () {
  function Button(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    var self = this;
    var pressed = (extras && extras.previousState && extras.previousState.pressed) || 0;
    self.contentId = contentId;
    self.attach = function ($container) {
      var root = $container.get(0);
      var heading = document.createElement('h1');
      heading.textContent = params.question;
      var line = document.createElement('p');
      var show = function () { line.textContent = 'Pressed ' + pressed + ' times'; };
      root.append(heading, line);
      show();
      var add = function (label, press) {
        var one = document.createElement('button');
        one.textContent = label;
        one.addEventListener('click', function () { pressed += 1; show(); press(); });
        root.append(one);
      };
      var answer = function (score, passed, parent) {
        var event = self.createXAPIEventTemplate('answered');
        event.setScoredResult(score, 4, self, true, passed);
        if (parent) event.data.statement.context = { contextActivities: { parent: [{ id: 'urn:above', objectType: 'Activity' }] } };
        self.trigger(event);
      };
      add('Half', function () { answer(2, false); });
      add('Right', function () { answer(4, true); });
      add('Within', function () { answer(4, true, true); });
    };
    self.getCurrentState = function () { return { pressed: pressed }; };
  }
  Button.prototype = Object.create(H5P.EventDispatcher.prototype);
  Button.prototype.constructor = Button;
  return Button;
})();`

/** The files of a package of H5P: a question with a library of its own, which needs another one. */
export const buttonFiles: Files = {
  'h5p.json': json({
    ...{ title: 'What a root drinks', language: 'en', mainLibrary: 'H5P.LecternButton', embedTypes: ['iframe'] },
    preloadedDependencies: [needs('H5P.LecternButton', 1, 0), needs('LecternStyle', 2, 3)],
  }),
  'content/content.json': json({ question: 'What does a root drink?' }),
  'H5P.LecternButton-1.0/library.json': json({
    ...{ title: 'Button', ...needs('H5P.LecternButton', 1, 0), patchVersion: 4, runnable: 1 },
    preloadedJs: [{ path: 'scripts/button.js' }],
    preloadedDependencies: [needs('LecternStyle', 2, 3)],
  }),
  'H5P.LecternButton-1.0/scripts/button.js': questionScript,
  // Older tools write numbers as text.
  'LecternStyle-2.3/library.json': json({
    ...{ title: 'Style', machineName: 'LecternStyle', majorVersion: '2', minorVersion: '3', patchVersion: '0' },
    ...{ runnable: 0, preloadedCss: [{ path: 'style.css' }] },
  }),
  'LecternStyle-2.3/style.css': 'button{font-size:1rem;padding:.5rem;margin:.25rem}',
}

/** A package of these files, as it is brought. */
export const packed = (files: Files): Uint8Array<ArrayBuffer> => makeZip(files)

/** A package of SCORM 1.2 with this manifest in place of its own. */
export const withManifest = (items: string, resources: string): Files => ({
  ...leafFiles,
  'imsmanifest.xml': manifest12(items, resources),
})

const sign = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true)

/** The same archive, whose first entry says that it is behind a password, or that it is a link. */
export function disguised(archive: Uint8Array<ArrayBuffer>, as: 'encrypted' | 'link'): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(archive)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < bytes.length - 4; at++) {
    if (sign(bytes, at) !== 0x02014b50) continue
    if (as === 'encrypted') view.setUint16(at + 8, 1, true)
    else view.setUint32(at + 38, (0o120777 << 16) >>> 0, true)
    return bytes
  }
  throw new Error('An archive without a directory')
}

export interface OfPackage {
  readonly courseId: CourseId
  readonly packageId: PackageId
}

/** Brings a package; answers why it was refused, undefined where it was taken. */
export async function bringPackage(
  client: TestClient,
  of: OfPackage,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ refused?: UploadRefused; refusedAt?: string }> {
  const begun = { ...of, name: 'leaf.zip', size: bytes.length, print: randomUUID() }
  const { upload } = await client.request(packageRoutes.startUpload, begun)
  const { refused, refusedAt } = await sendPiece(client, upload.id, 0, bytes)
  return { ...(refused ? { refused } : {}), ...(refusedAt === undefined ? {} : { refusedAt }) }
}
