namespace Sluice.Exporter.Rendering;

/// <summary>An object's samples as they are served: the lines of its families one after another.</summary>
/// <param name="name">"namespace/name", or the name alone.</param>
/// <param name="bytes">All lines.</param>
/// <param name="ends">Where the lines of each family of the kind end.</param>
/// <param name="leftOut">Samples beyond the limit.</param>
internal sealed class RenderedObject(string name, byte[] bytes, int[] ends, int leftOut)
{
    public string Name { get; } = name;

    public int Size => bytes.Length;

    public int LeftOut { get; } = leftOut;

    /// <summary>The lines of one family; empty where it has none.</summary>
    /// <param name="family">Its place in <see cref="Families.StateKind.Families"/>.</param>
    public ReadOnlyMemory<byte> Lines(int family)
    {
        var start = family == 0 ? 0 : ends[family - 1];
        return bytes.AsMemory(start, ends[family] - start);
    }

    public bool SaysTheSame(RenderedObject other) => Name == other.Name && LeftOut == other.LeftOut && bytes.AsSpan().SequenceEqual(other.Bytes);

    private ReadOnlySpan<byte> Bytes => bytes;
}
