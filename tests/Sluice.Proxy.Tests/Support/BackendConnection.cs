using System.Net.Sockets;

namespace Sluice.Proxy.Tests.Support;

/// <summary>One connection that the proxy opened to a <see cref="ScriptedBackend"/>.</summary>
internal sealed class BackendConnection(ScriptedBackend backend, Socket socket, int index) : IDisposable
{
    public WireReader Reader { get; } = new(socket);

    /// <summary>0 for the first connection that the backend accepted.</summary>
    public int Index { get; } = index;

    /// <summary>The next whole request, recorded in <see cref="ScriptedBackend.Requests"/>; null when the proxy ended the connection between two.</summary>
    public Task<WireMessage?> ReadRequestAsync() => ReadRequestAsync(mayIdle: true);

    /// <summary>The next request, which must come.</summary>
    public async Task<WireMessage> ExpectRequestAsync() =>
        await ReadRequestAsync(mayIdle: false) ?? throw new WireFormatException("the proxy closed the upstream connection instead of sending a request");

    /// <summary>The next request's head, not recorded: the script means to answer before the body.</summary>
    public async Task<WireMessage> ExpectHeadAsync() =>
        await Reader.ReadHeadAsync() ?? throw new WireFormatException("the proxy closed the upstream connection instead of sending a request");

    public Task SendAsync(string text) => SendAsync(Wire.Bytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes).AsTask().Within("the proxy to take response bytes")..];
    }

    /// <summary>Waits until the proxy closes or resets the connection; returns what it sent before.</summary>
    public Task<string> ReadToEndAsync() => Reader.ReadToEndAsync();

    public void ShutdownSend() => socket.Shutdown(SocketShutdown.Send);

    public void Close() => socket.Close();

    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private async Task<WireMessage?> ReadRequestAsync(bool mayIdle)
    {
        var request = await Reader.ReadRequestAsync(mayIdle);
        if (request is not null)
            backend.Record(request);
        return request;
    }
}
