namespace Sluice.Resources.Patches;

/// <summary>Where a merge is at; made text only when an error needs it.</summary>
internal sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _step;

    private FieldPath(FieldPath? parent, string step)
    {
        _parent = parent;
        _step = step;
    }

    public static FieldPath Root { get; } = new(null, "");

    public FieldPath Field(string name) => new(this, name);

    /// <param name="key">What tells the item from others: "name=proxy".</param>
    public FieldPath Item(string key) => new(this, $"[{key}]");

    /// <summary>"spec.template.spec.containers[name=proxy].image"; "" for the root.</summary>
    public override string ToString()
    {
        if (_parent is null)
            return "";
        var above = _parent.ToString();
        return above.Length == 0 || _step[0] == '[' ? above + _step : $"{above}.{_step}";
    }
}
