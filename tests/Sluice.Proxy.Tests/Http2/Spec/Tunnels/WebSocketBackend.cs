using System.Security.Cryptography;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Tunnels;

/// <summary>The backend's side of a WebSocket handshake (RFC 6455 4.2.2), octet for octet.</summary>
internal static class WebSocketBackend
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Switches, then echoes what it gets until the client's side ends, and says so.</summary>
    public static ScriptedBackend Echo(string fields = "") => ScriptedBackend.Start(async connection =>
    {
        await connection.SendAsync(Switching(await connection.ExpectRequestAsync(), fields));
        string part;
        while ((part = await connection.Reader.ReadSomeAsync()).Length > 0)
            await connection.SendAsync(part);
        await connection.SendAsync("bye");
    });

    public static string Switching(WireMessage request, string fields = "") =>
        $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {Accept(request)}\r\n{fields}\r\n";

#pragma warning disable CA5350 // RFC 6455 has it so.
    public static string Accept(WireMessage request) => Convert.ToBase64String(SHA1.HashData(Wire.Bytes(request["Sec-WebSocket-Key"] + Guid)));
#pragma warning restore CA5350
}
