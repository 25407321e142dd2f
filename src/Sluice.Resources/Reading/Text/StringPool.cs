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

    public string Share(string text)
    {
        if (text.Length > LongestShared)
            return text;
        if (text.Length == 0)
            return "";
        ref var slot = ref _slots[Hash(text) & (uint)(_slots.Length - 1)];
        if (slot is not null && slot == text)
            return slot;
        slot = text;
        return text;
    }

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
