namespace Sluice.Configuration.Patterns;

/// <summary>A part of a parsed expression.</summary>
internal sealed class PatternNode
{
    private PatternNode(PatternNodeKind kind, IReadOnlyList<PatternNode> children)
    {
        Kind = kind;
        Children = children;
    }

    public static PatternNode Begin { get; } = new(PatternNodeKind.Begin, []);

    public static PatternNode End { get; } = new(PatternNodeKind.End, []);

    public PatternNodeKind Kind { get; }

    public IReadOnlyList<PatternNode> Children { get; }

    public CharacterSet? Set { get; private init; }

    public int Min { get; private init; }

    /// <summary>-1 for no limit.</summary>
    public int Max { get; private init; }

    /// <summary>Of a repetition: as few times as possible.</summary>
    public bool IsLazy { get; private init; }

    /// <summary>Of a group: its number, from 1.</summary>
    public int Number { get; private init; }

    public static PatternNode Of(CharacterSet set) => new(PatternNodeKind.Set, []) { Set = set };

    public static PatternNode Sequence(IReadOnlyList<PatternNode> children) =>
        children.Count == 1 ? children[0] : new(PatternNodeKind.Sequence, children);

    public static PatternNode Choice(IReadOnlyList<PatternNode> children) =>
        children.Count == 1 ? children[0] : new(PatternNodeKind.Choice, children);

    public static PatternNode Repeat(PatternNode child, int min, int max, bool isLazy) => new(PatternNodeKind.Repeat, [child]) { Min = min, Max = max, IsLazy = isLazy };

    public static PatternNode Group(PatternNode child, int number) => new(PatternNodeKind.Group, [child]) { Number = number };
}
