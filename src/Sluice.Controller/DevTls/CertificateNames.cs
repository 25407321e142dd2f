namespace Sluice.Controller.DevTls;

/// <summary>
/// DNS names of a certificate. A wildcard there stands for one label (RFC 9525 6.3), while that of a Gateway's listener stands
/// for one or more.
/// </summary>
internal static class CertificateNames
{
    public static bool Covers(IReadOnlyCollection<string> names, string name)
    {
        if (names.Contains(name))
            return true;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && name[0] != '*' && names.Contains($"*{name[dot..]}");
    }

    /// <summary>Without repetition and without what a wildcard covers, sorted.</summary>
    public static IReadOnlyList<string> Reduce(IReadOnlyCollection<string> names)
    {
        var distinct = names.ToHashSet(StringComparer.Ordinal);
        return [.. distinct.Where(name => name[0] == '*' || !CoveredByWildcard(distinct, name)).Order(StringComparer.Ordinal)];
    }

    private static bool CoveredByWildcard(HashSet<string> names, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && names.Contains($"*{name[dot..]}");
    }
}
