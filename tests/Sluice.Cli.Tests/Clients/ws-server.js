// A WebSocket backend: echoes messages, and does what the text messages "close …" and "ping" ask for.
'use strict';
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: { threshold: 0 }, maxPayload: 16 * 1024 * 1024 });
server.on('listening', () => console.log(`listening on ${server.address().port}`));
server.on('connection', (socket, request) => {
  console.log(`opened ${request.url} protocol=${socket.protocol} extensions=${socket.extensions}`);
  socket.on('message', (data, isBinary) => {
    const text = isBinary ? '' : data.toString();
    if (text.startsWith('close ')) {
      const [, code, reason] = text.split(' ');
      socket.close(Number(code), reason);
    } else if (text === 'ping') {
      socket.ping('from the backend');
    } else {
      socket.send(data, { binary: isBinary });
    }
  });
  socket.on('ping', data => console.log(`pinged with ${data}`));
  socket.on('pong', data => socket.send(`ponged with ${data}`));
  socket.on('close', (code, reason) => console.log(`closed with ${code} ${reason}`));
  socket.on('error', error => console.log(`error ${error.message}`));
});

// Ends with the test, however that ends.
process.stdin.on('end', () => process.exit(0)).resume();
