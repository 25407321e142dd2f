namespace Sluice.Proxy.Bodies;

/// <summary>What the bodies that one worker holds may take together, and how many encoders may live. Touched by its worker only.</summary>
internal sealed class BodyBudget(long maxBytes, int maxCoders)
{
    private long _bytes;
    private int _coders;

    /// <summary>False when it would be too much.</summary>
    public bool TryTake(int bytes)
    {
        if (bytes > maxBytes - _bytes)
            return false;
        _bytes += bytes;
        return true;
    }

    public void GiveBack(long bytes) => _bytes -= bytes;

    /// <summary>For an encoder or decoder, each of which holds up to a megabyte.</summary>
    public bool TryTakeCoder()
    {
        if (_coders >= maxCoders)
            return false;
        _coders++;
        return true;
    }

    public void GiveBackCoder() => _coders--;
}
