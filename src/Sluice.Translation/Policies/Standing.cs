namespace Sluice.Translation.Policies;

/// <summary>How a policy stands with what it is for; a greater one says more about all of its targets together.</summary>
internal enum Standing
{
    /// <summary>Its target is not served yet.</summary>
    Pending,

    /// <summary>Others for the same target say all that it says, and take precedence.</summary>
    Overridden,

    /// <summary>It is the only one for the target.</summary>
    Attached,

    /// <summary>It holds together with others.</summary>
    Merged,
}
