// Uploads a file with tus-js-client: `node client.mjs endpoint cookie file metadata-as-json`; prints the upload's address.

import { createReadStream, statSync } from 'node:fs';
import * as tus from 'tus-js-client';

const [endpoint, cookie, file, metadata] = process.argv.slice(2);

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  uploadSize: statSync(file).size,
  headers: { Cookie: cookie },
  metadata: JSON.parse(metadata),
  // The whole file in one request, as by default; and patient.
  retryDelays: Array(100).fill(100),
  onError: error => {
    console.error(error);
    process.exit(1);
  },
  onSuccess: () => {
    console.log(upload.url);
    process.exit(0);
  },
});
upload.start();
