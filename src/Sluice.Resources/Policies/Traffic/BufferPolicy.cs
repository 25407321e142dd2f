namespace Sluice.Resources.Policies.Traffic;

/// <summary>Reads the whole request before it goes on.</summary>
public sealed record BufferPolicy
{
    /// <summary>More is refused with 413.</summary>
    public long? MaxRequestSize { get; init; }

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
