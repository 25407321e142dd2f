using System.Text;

namespace Sluice.Resources.Reading.Text;

/// <summary>
/// Gives one instance for equal strings, as far as a table of fixed size remembers them: manifests repeat names and field
/// names thousands of times. A newer string takes the place of an older one in the same slot, so the table never grows.
/// </summary>
internal sealed class StringPool
{
    private const int LongestShared = 128;
    private readonly string?[] _slots;

    /// <param name="slots">A power of two.</param>
    public StringPool(int slots) => _slots = new string?[slots];

    /// <summary>The string of these UTF-8 bytes.</summary>
    public string Share(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return "";
        if (text.Length > LongestShared || !Ascii.IsValid(text))
            return Encoding.UTF8.GetString(text);
        var hash = 2166136261u;
        foreach (var b in text)
            hash = (hash ^ b) * 16777619u;
        ref var slot = ref Slot(hash);
        if (slot is not null && Ascii.Equals(text, slot))
            return slot;
        return slot = Encoding.ASCII.GetString(text);
    }

    /// <summary>This string, or one equal to it.</summary>
    public string Share(string text)
    {
        if (text.Length > LongestShared)
            return text;
        if (text.Length == 0)
            return "";
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        ref var slot = ref Slot(hash);
        if (slot is not null && slot == text)
            return slot;
        return slot = text;
    }

    private ref string? Slot(uint hash) => ref _slots[(hash ^ (hash >> 15)) & (uint)(_slots.Length - 1)];
}
