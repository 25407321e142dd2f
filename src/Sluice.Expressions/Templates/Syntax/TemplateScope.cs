namespace Sluice.Expressions.Templates;

/// <summary>Names of one block, and where their values are. Loops have one of their own.</summary>
internal sealed class TemplateScope(TemplateScope? outer)
{
    private readonly Dictionary<string, int> _slots = [];

    public TemplateScope? Outer { get; } = outer;

    public IReadOnlyCollection<int> Slots => _slots.Values;

    public int Declare(string name, ref int count)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots.Add(name, slot = count++);
        return slot;
    }

    /// <summary>Where a value may be, the innermost first.</summary>
    public int[] Find(string name)
    {
        var slots = new List<int>();
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._slots.TryGetValue(name, out var slot))
                slots.Add(slot);
        }
        return [.. slots];
    }
}
