import { circlesOf, importsWithin } from './lint/circles.js';

// Part of `npm run lint`: no file of src/ may import itself by way of others.
const circles = circlesOf(importsWithin('src'));
for (const circle of circles) process.stderr.write(`import circle in src/: ${circle.join(' → ')}\n`);
process.exitCode = circles.length === 0 ? 0 : 1;
