namespace Sluice.Proxy.Explain;

/// <summary>Compares hostnames the plain way.</summary>
internal static class HostnameMatch
{
    /// <summary>Lower case, without port and trailing dot.</summary>
    public static string HostOf(string authority)
    {
        string host = authority.ToLowerInvariant();
        int colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
            host = host[..colon];
        return host.Length > 1 && host.EndsWith('.') ? host[..^1] : host;
    }

    /// <param name="pattern">"" or "*" for every host, "*.example" for one or more labels in front, else exact.</param>
    /// <param name="host">From <see cref="HostOf"/>.</param>
    public static bool Matches(string pattern, string host)
    {
        if (pattern is "" or "*")
            return true;
        if (pattern.StartsWith("*.", StringComparison.Ordinal))
            return host.Length > pattern.Length - 1 && host[0] != '.' && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase);
        return host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Higher is more specific: exact before the longest wildcard before every host.</summary>
    public static int Specificity(string pattern) =>
        pattern is "" or "*" ? 0 : pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern.Length : int.MaxValue;

    /// <summary>The most specific pattern that matches, the first of equal ones; -1 when none does.</summary>
    public static int Best(IReadOnlyList<string> patterns, string host)
    {
        int best = -1;
        for (int i = 0; i < patterns.Count; i++)
        {
            if (Matches(patterns[i], host) && (best < 0 || Specificity(patterns[i]) > Specificity(patterns[best])))
                best = i;
        }
        return best;
    }

    /// <summary>How many labels from the right two hostnames share.</summary>
    public static int CommonLabels(string a, string b) =>
        a.Split('.').Reverse().Zip(b.Split('.').Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>For messages.</summary>
    public static string Show(string pattern) => pattern is "" or "*" ? "every host" : $"\"{pattern}\"";
}
