import { afterAll } from '@jest/globals';
import nock from 'nock';

// Nothing a test does may leave this machine: calls that nock intercepts are refused unless they go to loopback.
nock.disableNetConnect();
nock.enableNetConnect(/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/);

// The next test file in this process has a nock of its own; two of them, one inside the other, make jest complain.
afterAll(() => nock.restore());
