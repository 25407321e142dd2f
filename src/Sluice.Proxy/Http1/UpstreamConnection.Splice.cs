using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <content>
/// Relaying large bodies inside the kernel. Only where both sides carry the same bytes: a body of known length, neither
/// chunked nor encrypted. The pipe belongs to the connection until it is empty.
/// </content>
internal sealed partial class UpstreamConnection
{
    /// <summary>Below this, copying costs less than the extra system calls.</summary>
    private const int SpliceThreshold = 128 * 1024;

    private SplicePipe? _pipe;

    private bool IsSplicing => _pipe is not null;

    /// <summary>Begins to splice if what is left of the body is worth it.</summary>
    private bool TryBeginSplice(IResponseSink sink)
    {
        if (_body.Framing != BodyFraming.Length || _body.Left < SpliceThreshold || _input.Length > 0 || Tls is not null || sink.SpliceTarget is null)
            return false;
        _pipe = Worker.Pipes.TryRent();
        return _pipe is not null;
    }

    /// <summary>Moves what can be moved; above 0 for progress, 0 at the end of the stream, -1 to wait, -2 on failure.</summary>
    private int Splice(IResponseSink sink)
    {
        var pipe = _pipe!;
        if (sink.SpliceTarget is not { } target || !target.TryFlush())
            return -1;

        var received = 0;
        if (pipe.Count == 0)
        {
            received = FillPipe(pipe, Math.Min(_body.Left, SplicePipe.OrdinaryMove));
            if (received <= 0)
                return received;
            _body.Skip(received);
            sink.OnResponseSpliced(received);
        }

        if (!target.TryEmptyPipe(pipe, more: !_body.IsDone))
            return -1;
        if (_body.IsDone)
        {
            ReturnPipe();
            Complete(sink, null, extra: false);
        }

        // Perhaps nothing came and only the pipe was emptied. That is progress, never the end of the stream.
        return Math.Max(received, 1);
    }

    private void ReturnPipe()
    {
        if (_pipe is null)
            return;
        Worker.Pipes.Return(_pipe);
        _pipe = null;
    }
}
