using System.Threading.Channels;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>One open watch. Null in the channel cuts the connection.</summary>
public sealed class FakeWatcher(string collection, string? ns)
{
    private readonly Channel<string?> _lines = Channel.CreateUnbounded<string?>();

    public ChannelReader<string?> Lines => _lines.Reader;

    public bool Wants(FakeChange change) => change.Collection == collection && (ns is null || change.Namespace == ns);

    public bool Is(string name) => collection == name;

    public void Send(string text) => _lines.Writer.TryWrite(text);

    /// <summary>The stream ends after these bytes.</summary>
    /// <param name="lastBytes">May be lost on the way when the connection is reset.</param>
    /// <param name="isReset">Or it ends as if that were all.</param>
    public void Cut(string lastBytes, bool isReset = true)
    {
        if (lastBytes.Length > 0)
            _lines.Writer.TryWrite(lastBytes);
        if (isReset)
            _lines.Writer.TryWrite(null);
        _lines.Writer.TryComplete();
    }

    /// <summary>The answer ends in good order.</summary>
    public void End() => _lines.Writer.TryComplete();
}
