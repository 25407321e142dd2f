using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;

namespace Sluice.Proxy.Local;

/// <summary>
/// The body of an answer as its handler writes it. The bytes stay the writer's until the connection has taken them, so what waits
/// for a slow client is what connections buffer, and one piece. One write at a time.
/// </summary>
internal sealed class LocalResponseBody(Worker worker, IDownstream downstream) : Stream
{
    /// <summary>Bytes given to the connection before it is asked whether it takes more.</summary>
    private const int PieceBytes = 16 * 1024;

    private readonly Lock _lock = new();
    private ReadOnlyMemory<byte> _rest; // The writer's, then the worker's until the write completes.
    private TaskCompletionSource? _write;
    private Exception? _end;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Completes when the connection has taken the bytes.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.Length == 0)
            return;
        var write = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_end is not null)
                throw new IOException(_end.Message, _end);
            if (_write is not null)
                throw new InvalidOperationException("a write has not completed yet");
            _write = write;
            _rest = buffer;
        }

        worker.Post(static body => ((LocalResponseBody)body!).Continue(), this);

        // Through the worker, which may be reading the bytes.
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (body, write) = ((LocalResponseBody, TaskCompletionSource))state!;
                body.Cancel(write, token);
            },
            (this, write)).ConfigureAwait(false);
        await write.Task.ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("for asynchronous writing only");

    /// <summary>Nothing to do: what was written leaves at once.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>On the worker: gives the connection what it takes.</summary>
    public void Continue()
    {
        while (_rest.Length > 0 && downstream.CanTakeResponse && _end is null)
        {
            var piece = _rest[..Math.Min(_rest.Length, PieceBytes)];
            _rest = _rest[piece.Length..];
            downstream.SendData(piece.Span);
        }

        if (_rest.Length == 0)
            Complete(null);
    }

    /// <summary>On the worker: nothing is taken any more.</summary>
    public void End(Exception reason)
    {
        lock (_lock)
            _end ??= reason;
        _rest = default;
        Complete(_end);
    }

    private void Cancel(TaskCompletionSource write, CancellationToken token) => worker.Post(
        _ =>
        {
            lock (_lock)
            {
                if (_write != write)
                    return;
                _write = null;
                _rest = default;
            }

            write.TrySetCanceled(token);
        },
        null);

    private void Complete(Exception? error)
    {
        TaskCompletionSource? write;
        lock (_lock)
        {
            write = _write;
            _write = null;
        }

        if (error is null)
            write?.TrySetResult();
        else
            write?.TrySetException(new IOException(error.Message, error));
    }
}
