namespace Sluice.Translation.Support;

/// <summary>A feature name of the Gateway API (GEP-2162).</summary>
/// <param name="Name">As in GatewayClass status.supportedFeatures.</param>
/// <param name="IsSupported">Whether it is claimed: only in the change that makes it work.</param>
/// <param name="Notes">What there is to know; Markdown.</param>
public sealed record FeatureSupport(string Name, bool IsSupported, string Notes = "")
{
    /// <summary>The first version that supports the feature; null when none does.</summary>
    public string? Since => IsSupported ? SupportTable.FirstVersion : null;
}
