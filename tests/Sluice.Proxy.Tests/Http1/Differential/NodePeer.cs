using System.Text.Json;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// Node's own HTTP server with its defaults but for short time limits: what it has read is what its handler gets. A second
/// server in the same process tells what that was.
/// </summary>
internal sealed class NodePeer : Peer
{
    public override string Name => "Node";

    protected override (string, string) Executable => ("node", "-v");

    private string ControlPath => Path.Combine(Folder, "control");

    protected override string[] Configure()
    {
        var file = Path.Combine(Folder, "server.js");
        File.WriteAllText(file, """
            const http = require('http');
            let seen = [];
            http.createServer((request, response) => {
                response.end(JSON.stringify(seen));
                seen = [];
            }).listen(process.argv[3]);
            http.createServer({ headersTimeout: 1000, requestTimeout: 1000, keepAliveTimeout: 1000, connectionsCheckingInterval: 100 }, (request, response) => {
                const parts = [];
                request.on('data', part => parts.push(part));
                request.on('error', () => {});
                request.on('end', () => {
                    const trailers = [];
                    for (let i = 0; i < request.rawTrailers.length; i += 2)
                        trailers.push(request.rawTrailers[i] + ': ' + request.rawTrailers[i + 1]);
                    seen.push([request.method, request.url, request.headers.host || '', Buffer.concat(parts).toString('latin1'), trailers.join('; ')]);
                    response.end('ok');
                });
            }).listen(process.argv[2]);
            """);
        return [file, SocketPath, ControlPath];
    }

    public override async Task<PeerReading> ReadAsync(string text, bool endsStream)
    {
        var responses = await PeerClient.ExchangeAsync(EndPoint, text, endsStream);
        var told = await PeerClient.ExchangeAsync(new(ControlPath), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", endsStream: false);
        using var seen = JsonDocument.Parse(Wire.Bytes(told[(told.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));
        return new PeerReading([.. seen.RootElement.EnumerateArray().Select(Parse)], PeerClient.Statuses(responses));
    }

    private static SeenRequest Parse(JsonElement request)
    {
        string Item(int index) => request[index].GetString()!;
        return new SeenRequest(Item(0), Item(1), Item(2)) { Body = Item(3), Trailers = Item(4) };
    }
}
