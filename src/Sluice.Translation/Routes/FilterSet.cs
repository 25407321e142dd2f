using Sluice.Configuration;

namespace Sluice.Translation.Routes;

/// <summary>The filters of a rule or of a backendRef, compiled.</summary>
internal sealed class FilterSet
{
    public static FilterSet Empty { get; } = new();

    public List<HeaderModifier> RequestHeaders { get; } = [];

    public List<HeaderModifier> ResponseHeaders { get; } = [];

    public UrlRewrite? UrlRewrite { get; set; }

    public List<RequestMirror> Mirrors { get; } = [];

    public CorsPolicy? Cors { get; set; }

    /// <summary>Set when a filter answers the request itself.</summary>
    public RouteAction? Answer { get; set; }

    /// <summary>A filter that refers to something that is not there: must not be skipped, so the answer is an error.</summary>
    public bool Unresolved { get; set; }
}
