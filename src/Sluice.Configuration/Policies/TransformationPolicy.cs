namespace Sluice.Configuration.Policies;

/// <summary>Changes of messages by templates (TrafficPolicy.spec.transformation).</summary>
public sealed record TransformationPolicy
{
    /// <summary>Of requests, before they are forwarded. The route is not matched again.</summary>
    public MessageTransformation? Request { get; init; }

    /// <summary>Of responses.</summary>
    public MessageTransformation? Response { get; init; }
}
