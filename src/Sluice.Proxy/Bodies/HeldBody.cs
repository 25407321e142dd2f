using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Bodies;

/// <summary>A body that is collected, in native memory of the worker's pool.</summary>
internal sealed unsafe class HeldBody(BufferPool pool, BodyBudget budget)
{
    private ByteQueue _bytes;
    private long _max;
    private int _taken;

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes.Bytes;

    public byte* Pointer => _bytes.Pointer;

    /// <summary>Starts over.</summary>
    /// <param name="max">Octets it may have.</param>
    public void Begin(long max)
    {
        Clear();
        _max = max;
    }

    public BodyFault Append(ReadOnlySpan<byte> data)
    {
        if (data.Length > _max - _bytes.Length)
            return BodyFault.TooLarge;
        if (!budget.TryTake(data.Length))
            return BodyFault.NoMemory;
        _taken += data.Length;
        _bytes.Append(pool, data);
        return BodyFault.None;
    }

    /// <summary>Puts another body in its place.</summary>
    public BodyFault Replace(ReadOnlySpan<byte> data)
    {
        Clear();
        return Append(data);
    }

    /// <summary>Lets go of what it has, which is then the caller's to clear, and to give back to the budget.</summary>
    public ByteQueue Detach(out int taken)
    {
        var bytes = _bytes;
        taken = _taken;
        _bytes = default;
        _taken = 0;
        return bytes;
    }

    public void Clear()
    {
        _bytes.Clear(pool);
        budget.GiveBack(_taken);
        _taken = 0;
    }
}
