using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Sluice.Conformance.Traffic;

/// <summary>
/// Talks to a backend of the suite's TCP echo, in which the server speaks first. A new connection for each talk; 5 s for all of it.
/// </summary>
internal static class LineProbe
{
    private const int LineLimit = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="target">Where to connect to.</param>
    /// <param name="tls">Null for plain TCP.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">The connection or the talk failed.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The handshake failed.</exception>
    public static async Task<LineAnswer> TalkAsync(IPEndPoint target, TlsClient? tls, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        using var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(target, timeout.Token);
            await using Stream stream = tls is null ? client.GetStream() : await tls.HandshakeAsync(client.GetStream(), null, timeout.Token);
            // Nothing is sent before the greeting is there: who waits for the client's first bytes must fail here.
            var welcome = await ReadAsync(stream, timeout.Token);
            using var identity = JsonDocument.Parse(await AskAsync(stream, "TEST", timeout.Token));
            var isTls = await AskAsync(stream, "IS_TLS", timeout.Token);
            var pong = await AskAsync(stream, "PING", timeout.Token);
            if (isTls is not ("true" or "false") || pong != "PONG")
                throw new IOException($"IS_TLS was answered with \"{isTls}\" and PING with \"{pong}\"");
            return new LineAnswer(welcome, Text(identity.RootElement, "namespace") ?? "", Text(identity.RootElement, "pod") ?? "", isTls == "true", ServerName(identity.RootElement));
        }
        catch (SocketException error)
        {
            throw new IOException($"no connection to {target}: {error.SocketErrorCode}", error);
        }
        catch (JsonException error)
        {
            throw new IOException($"TEST was not answered with JSON: {error.Message}", error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"the talk was not over within {Patience.TotalSeconds} s");
        }
    }

    private static async Task<string> AskAsync(Stream stream, string command, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\n"), cancellation);
        return await ReadAsync(stream, cancellation);
    }

    /// <summary>One line. The server answers no more than it is asked, so that what is read beyond it would be a fault.</summary>
    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LineLimit];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                throw new IOException(length == LineLimit ? "a line is longer than 8 KiB" : $"the connection ended after {length} bytes of a line");
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf((byte)'\n');
            if (end < 0)
                continue;
            if (end != length - 1)
                throw new IOException($"{length - 1 - end} bytes came behind the line that was asked for");
            return Encoding.UTF8.GetString(buffer, 0, end).TrimEnd('\r');
        }
    }

    private static string? ServerName(JsonElement identity) => identity.TryGetProperty("tls", out var tls) ? Text(tls, "serverName") : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
