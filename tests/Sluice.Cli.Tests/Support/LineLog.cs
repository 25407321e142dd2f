namespace Sluice.Cli.Tests.Support;

/// <summary>Lines of a stream as they come, and tasks that wait for one of them.</summary>
internal sealed class LineLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource<string> Completion)> _waiters = [];
    private bool _ended;

    /// <summary>Null ends the stream.</summary>
    public void Add(string? line)
    {
        lock (_lock)
        {
            if (line is null)
                _ended = true;
            else
                _lines.Add(line);
            foreach (var (text, completion) in _waiters)
            {
                if (line is null)
                    completion.TrySetException(new EndOfStreamException());
                else if (line.Contains(text, StringComparison.Ordinal))
                    completion.TrySetResult(line);
            }
        }
    }

    public Task<string> WaitForAsync(string text)
    {
        lock (_lock)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return Task.FromResult(found);
            if (_ended)
                return Task.FromException<string>(new EndOfStreamException());
            var completion = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((text, completion));
            return completion.Task;
        }
    }

    public override string ToString()
    {
        lock (_lock)
            return string.Join('\n', _lines);
    }
}
