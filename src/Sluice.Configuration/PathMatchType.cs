namespace Sluice.Configuration;

public enum PathMatchType
{
    /// <summary>Octet for octet.</summary>
    Exact,

    /// <summary>By path element: "/v2" matches "/v2", "/v2/" and "/v2/x", not "/v2x". A trailing slash in the value is ignored.</summary>
    PathPrefix,

    /// <summary>The whole path must match (linear time, no backtracking).</summary>
    RegularExpression,
}
