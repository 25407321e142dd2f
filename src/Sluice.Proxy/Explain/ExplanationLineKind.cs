namespace Sluice.Proxy.Explain;

/// <summary>What a line of text says, for whoever colours it.</summary>
public enum ExplanationLineKind
{
    /// <summary>Names the section that follows.</summary>
    Heading,

    /// <summary>A candidate that won, or a predicate that holds.</summary>
    Success,

    /// <summary>A candidate that lost, or a predicate that does not hold.</summary>
    Failure,

    /// <summary>A candidate that matches but lost to another.</summary>
    Shadowed,

    /// <summary>Anything else.</summary>
    Plain,
}
