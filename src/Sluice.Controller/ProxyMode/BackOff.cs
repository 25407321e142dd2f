namespace Sluice.Controller.ProxyMode;

/// <summary>How long to wait before the next attempt: twice as long each time, up to a limit, and less by chance, so that many do not come at once.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private TimeSpan _next = First;

    /// <summary>Between a half and all of the time that is due.</summary>
    public TimeSpan Next()
    {
        var wait = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>An attempt has led to something.</summary>
    public void Reset() => _next = First;
}
