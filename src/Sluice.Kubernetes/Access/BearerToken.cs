namespace Sluice.Kubernetes.Access;

/// <summary>What may stand behind "Bearer " (RFC 6750 2.1).</summary>
internal static class BearerToken
{
    /// <summary>The token without white space around it.</summary>
    /// <param name="text">From a file, a kubeconfig or a plugin.</param>
    /// <param name="origin">Begins the message.</param>
    /// <exception cref="ClusterAccessException">Nothing is left, or it cannot stand in a header.</exception>
    public static string Check(string text, string origin)
    {
        var token = text.Trim();
        if (token.Length == 0)
            throw new ClusterAccessException($"{origin} holds no token: it is empty");
        foreach (var character in token)
        {
            if (character is <= ' ' or > '~')
                throw new ClusterAccessException($"{origin} holds no token: a token has visible ASCII characters only, and no spaces or line breaks");
        }

        return token;
    }
}
