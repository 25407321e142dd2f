namespace Sluice.Resources.Policies.Traffic;

/// <summary>Changes of messages by templates.</summary>
public sealed record TransformationPolicy
{
    /// <summary>Of requests.</summary>
    public MessageTransformation? Request { get; init; }

    /// <summary>Of responses.</summary>
    public MessageTransformation? Response { get; init; }
}
