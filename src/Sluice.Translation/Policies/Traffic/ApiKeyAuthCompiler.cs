using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Resources.Core;
using Spec = Sluice.Resources.Policies.Traffic.ApiKeyAuthPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.apiKeyAuth: entries of Secrets are the clients, with their keys as values.</summary>
internal static class ApiKeyAuthCompiler
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ApiKeyPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (Secrets(spec, surroundings, field) is not { } secrets)
            return null;
        var clients = new List<ApiKeyClient>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var secret in secrets)
        {
            foreach (var (id, value) in secret.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                if (Read(value) is not { } key)
                    surroundings.Problem(field, $"Secret \"{secret.Key}\": the value of \"{id}\" is no key, which is text of one line; this client does not get in");
                else if (!owners.TryAdd(key, id))
                    surroundings.Problem(field, $"Secret \"{secret.Key}\": \"{id}\" has the same key as \"{owners[key]}\", whose it is");
                else
                    clients.Add(new ApiKeyClient(id, new SecretText(key)));
            }
        }
        if (clients.Count > ApiKeyPolicy.MaxClients)
        {
            surroundings.Problem(field, $"there are {clients.Count} clients; at most {ApiKeyPolicy.MaxClients} are possible");
            return null;
        }
        if (clients.Count == 0)
            surroundings.Problem(field, "there is no client: nobody gets in");
        return new ApiKeyPolicy
        {
            Sources = [.. spec.KeySources.Select(source => new ApiKeySource { Header = source.Header, Query = source.Query, Cookie = source.Cookie })],
            Clients = [.. clients],
            ClientIdHeader = spec.ClientIdHeader,
            ForwardCredential = spec.ForwardCredential,
        };
    }

    private static IReadOnlyList<Secret>? Secrets(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.SecretRef is { } reference)
            return surroundings.Secret(reference.Name, reference.Namespace, $"{field}.secretRef") is { } secret ? [secret] : null;
        if (spec.SecretSelector is { } selector)
            return surroundings.Secrets(selector.MatchLabels);
        surroundings.Problem(field, "secretRef or secretSelector is needed, or disable");
        return null;
    }

    // A line end at the end of a file is no part of the key.
    private static string? Read(byte[] value)
    {
        try
        {
            var text = Strict.GetString(value).TrimEnd('\r', '\n');
            return text.Length == 0 || text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
