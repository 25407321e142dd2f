using System.Buffers;
using System.IO.Pipelines;

namespace Sluice.Proxy.Local;

/// <summary>
/// A request's body on its way from the worker to a handler that streams it. While the handler does not read, at most
/// <see cref="MaxWaiting"/> bytes and one read of the connection wait; then the client is made to wait.
/// </summary>
/// <param name="resume">Called on the worker when more may come.</param>
internal sealed class LocalRequestBody(Action resume)
{
    private const int MaxWaiting = 64 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MaxWaiting, resumeWriterThreshold: MaxWaiting / 2));
    private bool _hasEnded;

    /// <summary>What the handler reads. Disposing of it throws the rest of the body away.</summary>
    public Stream Reader => field ??= _pipe.Reader.AsStream();

    public bool IsFull { get; private set; }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (_hasEnded)
            return;
        _pipe.Writer.Write(data);
        var flushed = _pipe.Writer.FlushAsync();
        if (flushed.IsCompleted)
        {
            // Completed or not, the handler takes no more when it has let go of the stream: then the pipe drops what it gets.
            _ = flushed.Result;
            return;
        }

        IsFull = true;
        _ = WaitAsync(flushed);
    }

    /// <summary>The body is complete, or with an error will never be.</summary>
    public void End(Exception? error = null)
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        _pipe.Writer.Complete(error);
    }

    /// <summary>Comes back to the worker through its synchronization context.</summary>
    private async Task WaitAsync(ValueTask<FlushResult> flushed)
    {
        await flushed;
        IsFull = false;
        if (!_hasEnded)
            resume();
    }
}
