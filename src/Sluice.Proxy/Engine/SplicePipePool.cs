namespace Sluice.Proxy.Engine;

/// <summary>Empty pipes of one worker.</summary>
internal sealed class SplicePipePool : IDisposable
{
    private const int Kept = 16;

    private readonly Stack<SplicePipe> _free = new();

    public SplicePipe? TryRent() => _free.TryPop(out var pipe) ? pipe : SplicePipe.TryCreate();

    /// <summary>A pipe that still holds bytes is closed: they belong to a relay that was cut.</summary>
    public void Return(SplicePipe pipe)
    {
        if (pipe.Count == 0 && _free.Count < Kept)
            _free.Push(pipe);
        else
            pipe.Dispose();
    }

    public void Dispose()
    {
        while (_free.TryPop(out var pipe))
            pipe.Dispose();
    }
}
