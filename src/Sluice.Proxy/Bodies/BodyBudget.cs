namespace Sluice.Proxy.Bodies;

/// <summary>What the bodies that one worker holds may take together, and what encoders and decoders may. Touched by its worker only.</summary>
internal sealed class BodyBudget(long maxBytes, long maxCoderBytes)
{
    private long _bytes;
    private long _coderBytes;

    /// <summary>False when it would be too much.</summary>
    public bool TryTake(int bytes)
    {
        if (bytes > maxBytes - _bytes)
            return false;
        _bytes += bytes;
        return true;
    }

    public void GiveBack(long bytes) => _bytes -= bytes;

    /// <summary>For the memory of an encoder or decoder. False when it would be too much.</summary>
    public bool TryTakeCoder(int bytes)
    {
        if (bytes > maxCoderBytes - _coderBytes)
            return false;
        _coderBytes += bytes;
        return true;
    }

    public void GiveBackCoder(int bytes) => _coderBytes -= bytes;
}
