using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Proxy.Http;

/// <summary>Names that a Connection field nominates as hop-by-hop (RFC 9110 7.6.1): a handful at the most.</summary>
internal struct NominatedFields
{
    /// <summary>A message that nominates more is refused: no honest one does.</summary>
    public const int Max = 8;

    private Slices _slices;

    public int Count { get; private set; }

    public bool TryAdd(Slice slice)
    {
        if (Count == Max)
            return false;
        _slices[Count++] = slice;
        return true;
    }

    /// <summary>Where the name stands in the section's buffer.</summary>
    public readonly Slice this[int index] => _slices[index];

    public readonly bool Contains(FieldSection section, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(section.Get(_slices[i]), name))
                return true;
        }

        return false;
    }

    [InlineArray(Max)]
    private struct Slices
    {
        private Slice _first;
    }
}
