namespace Sluice.Conformance.Traffic;

/// <summary>Compares how many requests each backend got with the shares expected of them.</summary>
internal static class Distribution
{
    /// <param name="pods">The name of the pod that answered, for each request.</param>
    /// <param name="shares">Share by the prefix of the pods' names.</param>
    /// <param name="tolerance">Absolute, of each share.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Compare(IReadOnlyCollection<string> pods, IReadOnlyDictionary<string, double> shares, double tolerance)
    {
        var counts = shares.Keys.ToDictionary(backend => backend, _ => 0);
        foreach (var pod in pods)
        {
            if (shares.Keys.FirstOrDefault(backend => pod.StartsWith(backend, StringComparison.Ordinal)) is not { } backend)
                return $"pod {pod} answered, which is of no backend of the rule";
            counts[backend]++;
        }
        foreach (var (backend, share) in shares)
        {
            var observed = (double)counts[backend] / pods.Count;
            if (Math.Abs(observed - share) > tolerance || (share == 0) != (counts[backend] == 0))
                return FormattableString.Invariant($"{backend} got {counts[backend]} of {pods.Count} requests, expected {share:P0} within {tolerance:P0}");
        }
        return null;
    }
}
