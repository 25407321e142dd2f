using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sluice.Conformance.Traffic;

/// <summary>One datagram from a port of its own, one datagram back within 2 s.</summary>
internal static class DatagramProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks the suite's UDP echo.</summary>
    /// <exception cref="IOException">No answer came, or none of the echo.</exception>
    public static async Task<DatagramAnswer> EchoAsync(IPEndPoint target, string payload, CancellationToken cancellation)
    {
        var answer = await ExchangeAsync(target, Encoding.UTF8.GetBytes(payload), cancellation);
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            return new DatagramAnswer(Text(root, "request"), Text(root, "namespace"), Text(root, "service"), Text(root, "pod"));
        }
        catch (JsonException error)
        {
            throw new IOException($"the answer is not the echo's: {error.Message}", error);
        }
    }

    /// <exception cref="IOException">No answer came.</exception>
    public static async Task<byte[]> ExchangeAsync(IPEndPoint target, byte[] payload, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        // Connected, so that only the target's answers are taken and a closed port says so.
        using var socket = new UdpClient(target.AddressFamily);
        try
        {
            socket.Connect(target);
            await socket.SendAsync(payload, timeout.Token);
            return (await socket.ReceiveAsync(timeout.Token)).Buffer;
        }
        catch (SocketException error)
        {
            throw new IOException($"no answer of {target}: {error.SocketErrorCode}", error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"no answer of {target} within {Patience.TotalSeconds} s");
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
