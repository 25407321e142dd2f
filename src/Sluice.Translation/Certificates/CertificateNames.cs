namespace Sluice.Translation.Certificates;

/// <summary>Whether a certificate is for the hostname of a listener (RFC 9525 6.3).</summary>
internal static class CertificateNames
{
    /// <param name="names">DNS names of the certificate, in lower case.</param>
    /// <param name="hostname">Of the listener, in lower case; a wildcard is met by any name below it.</param>
    public static bool Cover(IReadOnlyList<string> names, string hostname)
    {
        foreach (var name in names)
        {
            if (name == hostname || IsBelow(name, hostname) || (hostname[0] != '*' && IsWithin(hostname, name)))
                return true;
        }
        return false;
    }

    private static bool IsBelow(string name, string wildcard) =>
        wildcard.StartsWith("*.", StringComparison.Ordinal) && name.Length >= wildcard.Length && name.EndsWith(wildcard[1..], StringComparison.Ordinal);

    // The wildcard of a certificate stands for one label.
    private static bool IsWithin(string hostname, string wildcard)
    {
        var dot = hostname.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && wildcard.StartsWith("*.", StringComparison.Ordinal) && hostname.AsSpan(dot).SequenceEqual(wildcard.AsSpan(1));
    }
}
