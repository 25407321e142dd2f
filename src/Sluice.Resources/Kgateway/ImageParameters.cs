namespace Sluice.Resources.Kgateway;

/// <summary>Parts of the name of an image; what is null is as the controller was told.</summary>
/// <param name="Registry">"registry.example.com/team".</param>
/// <param name="Repository">"sluice".</param>
/// <param name="Tag">"1.2.3".</param>
/// <param name="Digest">"sha256:...".</param>
/// <param name="PullPolicy">Always, IfNotPresent or Never.</param>
public sealed record ImageParameters(string? Registry = null, string? Repository = null, string? Tag = null, string? Digest = null, string? PullPolicy = null)
{
    /// <summary>These parts over others. A tag drops the digest below, which names another image.</summary>
    public ImageParameters Over(ImageParameters below) => new(
        Registry ?? below.Registry,
        Repository ?? below.Repository,
        Tag ?? below.Tag,
        Digest ?? (Tag is null && Repository is null ? below.Digest : null),
        PullPolicy ?? below.PullPolicy);

    /// <summary>"registry/repository:tag@digest".</summary>
    public override string ToString()
    {
        var name = string.IsNullOrEmpty(Registry) ? Repository : $"{Registry}/{Repository}";
        var tagged = string.IsNullOrEmpty(Tag) ? name : $"{name}:{Tag}";
        return string.IsNullOrEmpty(Digest) ? tagged ?? "" : $"{tagged}@{Digest}";
    }
}
