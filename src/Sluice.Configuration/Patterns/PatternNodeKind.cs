namespace Sluice.Configuration.Patterns;

internal enum PatternNodeKind
{
    /// <summary>One character of a set.</summary>
    Set,

    /// <summary>All children, one after the other; without children, nothing.</summary>
    Sequence,

    /// <summary>One of the children.</summary>
    Choice,

    /// <summary>The only child, several times.</summary>
    Repeat,

    /// <summary>The only child, whose place is remembered.</summary>
    Group,

    /// <summary>The beginning of the text.</summary>
    Begin,

    /// <summary>The end of the text.</summary>
    End,
}
