namespace Sluice.Proxy.Telemetry.Records;

/// <summary>Whole records, one behind the other, on their way from a worker to whoever writes them out.</summary>
internal sealed class RecordBuffer
{
    /// <summary>Bytes. A record that does not fit into an empty one is dropped.</summary>
    public const int Size = 64 * 1024;

    public readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(Size);

    public int Length;

    /// <summary>Records in it.</summary>
    public int Count;

    public ReadOnlySpan<byte> Written => Bytes.AsSpan(0, Length);

    public void Clear() => Length = Count = 0;
}
