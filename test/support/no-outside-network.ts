import nock from 'nock';

// Nothing a test does may leave this machine: calls that nock intercepts are refused unless they go to loopback.
nock.disableNetConnect();
nock.enableNetConnect(/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/);
