using System.Net;
using System.Net.WebSockets;

namespace Sluice.Conformance.Traffic;

/// <summary>Opens a WebSocket, sends one message of each kind and compares what comes back.</summary>
internal static class WebSocketProbe
{
    private static readonly (WebSocketMessageType Type, byte[] Payload)[] Messages =
    [
        (WebSocketMessageType.Text, "Websocket Support!"u8.ToArray()),
        (WebSocketMessageType.Binary, [1, 2, 3, 4, 5, 6, 7]),
    ];

    /// <returns>Null, or what was wrong.</returns>
    public static async Task<string?> RunAsync(ProbeClient client, IPEndPoint target, string authority, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        using var invoker = client.WebSocketInvoker(target);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "ws://gateway/ws");
        await socket.ConnectAsync(new Uri($"ws://{authority}/ws"), invoker, timeout.Token);
        foreach (var (type, payload) in Messages)
        {
            await socket.SendAsync(payload.AsMemory(), type, endOfMessage: true, timeout.Token);
            var (answerType, answer) = await ReceiveAsync(socket, timeout.Token);
            if (answerType != type || !answer.SequenceEqual(payload))
                return $"sent {payload.Length} bytes of {type}, got {answer.Length} of {answerType}";
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        return null;
    }

    private static async Task<(WebSocketMessageType Type, byte[] Payload)> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        var message = new MemoryStream();
        var buffer = new byte[1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return (received.MessageType, message.ToArray());
        }
    }
}
