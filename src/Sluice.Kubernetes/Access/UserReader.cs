using System.Text;

namespace Sluice.Kubernetes.Access;

/// <summary>users[].user: how the user proves who they are.</summary>
internal sealed class UserReader(KubeConfigNode user, KubeConfigNode cluster, ClusterAccess access, Func<string, string?> environment, TimeProvider clock)
{
    public ICredentialSource Read()
    {
        if (user.Find("auth-provider") is not null)
            throw user.Wrong("auth-provider", "is not supported (kubectl has dropped it too): use exec with the provider's plugin");
        var certificate = Certificate();
        var authorization = Authorization();
        if (user.Map("exec") is { } exec)
        {
            if (authorization is not null)
                throw user.Wrong("exec", "stands beside a token, tokenFile or username: only one of them can be used");
            authorization = new ExecCredentials(ExecReader.Read(exec, cluster, access), environment, clock);
        }

        return (certificate, authorization) switch
        {
            (null, null) => StaticCredentials.Anonymous,
            ({ } only, null) => only,
            (null, { } only) => only,
            var (first, second) => new CombinedCredentials(second, first),
        };
    }

    private ICredentialSource? Authorization()
    {
        var name = user.Text("username");
        var tokenFile = user.Text("tokenFile");
        var token = user.Text("token");
        if (name is not null && (tokenFile ?? token) is not null)
            throw user.Wrong("username", "stands beside a token: only one of them can be used");
        if (tokenFile is not null)
            return TokenFile(RelativePath.Resolve(user.File, tokenFile));
        if (token is not null)
            return new StaticCredentials(Credential.OfToken(Checked(token)));
        return name is null ? null : Basic(name);
    }

    private TokenFileCredentials TokenFile(string path)
    {
        var purpose = $"{user.File}: {user.Purpose("tokenFile")}";
        BearerToken.Check(BoundedFile.Read(path, purpose), $"{purpose}: the file {path}");
        return new TokenFileCredentials(path, purpose, clock);
    }

    private string Checked(string token)
    {
        try
        {
            return BearerToken.Check(token, user.Purpose("token"));
        }
        catch (ClusterAccessException)
        {
            throw user.Wrong("token", "is no token: a token has visible ASCII characters only, and no spaces or line breaks");
        }
    }

    private StaticCredentials Basic(string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
            throw user.Wrong("username", "must not hold a colon (RFC 7617 2)");
        var password = user.Text("password") ?? throw user.Wrong("username", "has no password beside it");
        return new StaticCredentials(new Credential("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")), null));
    }

    private ClientCertificateCredentials? Certificate()
    {
        var certificate = Embedded.Text(user, "client-certificate");
        var key = Embedded.Text(user, "client-key");
        if (certificate is null && key is null)
            return null;
        if (certificate is null)
            throw user.Wrong(null, "has a client-key, but no client-certificate or client-certificate-data");
        if (key is null)
            throw user.Wrong(null, "has a client-certificate, but no client-key or client-key-data");
        var credentials = new ClientCertificateCredentials(certificate, key, clock);
        try
        {
            credentials.Check();
        }
        catch (ClusterAccessException error)
        {
            throw new ClusterAccessException($"{certificate.Place}: {error.Message}", error);
        }

        return credentials;
    }
}
