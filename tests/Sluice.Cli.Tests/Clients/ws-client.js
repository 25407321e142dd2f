// A WebSocket client: `node ws-client.js URI SCENARIO`. Prints "passed" and exits with 0, or says what went wrong.
'use strict';
const assert = require('assert');
const crypto = require('crypto');
const { once } = require('events');
const WebSocket = require('ws');

const [, , uri, scenario] = process.argv;

async function open(options) {
  const socket = new WebSocket(uri, options?.protocols ?? [], { perMessageDeflate: false, maxPayload: 16 * 1024 * 1024, ...options });
  await once(socket, 'open');
  return socket;
}

async function echo(socket, data, options) {
  const answer = once(socket, 'message');
  socket.send(data, options);
  const [received, isBinary] = await answer;
  assert.strictEqual(isBinary, typeof data !== 'string');
  assert.ok(Buffer.from(data).equals(received), 'the echo differs');
}

const scenarios = {
  async messages() {
    const socket = await open();
    await echo(socket, 'hello');
    await echo(socket, 'h\u00e9llo \u{1f600}');
    await echo(socket, '');
    await echo(socket, Buffer.from([0, 13, 10, 13, 10, 255]));
    for (const length of [125, 126, 65535, 65536])
      await echo(socket, crypto.randomBytes(length));
    socket.close();
    await once(socket, 'close');
  },

  async large() {
    const socket = await open();
    for (let i = 0; i < 4; i++)
      await echo(socket, crypto.randomBytes(1024 * 1024));
    await echo(socket, 'x'.repeat(1024 * 1024));
    socket.close();
    await once(socket, 'close');
  },

  async pipelined() {
    const socket = await open();
    const sent = Array.from({ length: 500 }, (_, i) => `message ${i} ${'x'.repeat(i * 7)}`);
    const received = [];
    socket.on('message', data => received.push(data.toString()));
    sent.forEach(text => socket.send(text));
    while (received.length < sent.length)
      await once(socket, 'message');
    assert.deepStrictEqual(received, sent);
    socket.close();
    await once(socket, 'close');
  },

  async fragments() {
    const socket = await open();
    const parts = ['one ', 'two ', '', 'three'];
    const answer = once(socket, 'message');
    parts.forEach((part, i) => {
      socket.send(part, { fin: i === parts.length - 1 });
      if (i === 1)
        socket.ping('in between');
    });
    const [received] = await answer;
    assert.strictEqual(received.toString(), parts.join(''));
    socket.close();
    await once(socket, 'close');
  },

  async pings() {
    const socket = await open();
    const pong = once(socket, 'pong');
    socket.ping('from the client');
    assert.strictEqual((await pong)[0].toString(), 'from the client');
    const ping = once(socket, 'ping');
    const told = once(socket, 'message');
    socket.send('ping');
    assert.strictEqual((await ping)[0].toString(), 'from the backend');
    assert.strictEqual((await told)[0].toString(), 'ponged with from the backend');
    socket.close();
    await once(socket, 'close');
  },

  async closedByClient() {
    const socket = await open();
    socket.close(4001, 'enough');
    const [code, reason] = await once(socket, 'close');
    assert.strictEqual(code, 4001);
    assert.strictEqual(reason.toString(), 'enough');
  },

  async closedByBackend() {
    for (const code of [1000, 1001, 1011, 3000, 4999]) {
      const socket = await open();
      socket.send(`close ${code} because`);
      const [received, reason] = await once(socket, 'close');
      assert.strictEqual(received, code);
      assert.strictEqual(reason.toString(), 'because');
    }
  },

  async deflate() {
    const socket = await open({ perMessageDeflate: { threshold: 0 } });
    assert.match(socket.extensions, /permessage-deflate/);
    await echo(socket, 'hello');
    await echo(socket, 'x'.repeat(1024 * 1024));
    await echo(socket, crypto.randomBytes(1024 * 1024));
    socket.close();
    await once(socket, 'close');
  },

  async subprotocol() {
    const socket = await open({ protocols: ['chat.v2', 'chat.v1'] });
    assert.strictEqual(socket.protocol, 'chat.v2');
    await echo(socket, 'hello');
    socket.close();
    await once(socket, 'close');
  },
};

const patience = setTimeout(() => { console.log(`${scenario} hangs`); process.exit(1); }, 50000);
scenarios[scenario]().then(
  () => { clearTimeout(patience); console.log('passed'); },
  error => { console.log(`failed: ${error.stack}`); process.exit(1); });
