using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Policies.Passwords;
using Spec = Sluice.Resources.Policies.Traffic.BasicAuthPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.basicAuth: lines of htpasswd, here or in a Secret.</summary>
internal static class BasicAuthCompiler
{
    private const string DefaultKey = ".htpasswd";

    public static BasicAuthPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (Lines(spec, surroundings, ref field) is not { } lines)
            return null;
        var problems = new List<string>();
        var users = Htpasswd.Parse(lines, problems);
        foreach (var problem in problems)
            surroundings.Problem(field, problem);
        if (users.Count == 0 && problems.Count == 0)
            surroundings.Problem(field, "there is no user: nobody gets in");
        return new BasicAuthPolicy { Users = users };
    }

    private static string? Lines(Spec spec, IPolicySurroundings surroundings, ref string field)
    {
        if (spec.SecretRef is not { } reference)
        {
            field = $"{field}.users";
            return string.Join('\n', spec.Users);
        }
        field = $"{field}.secretRef";
        if (surroundings.Secret(reference.Name, reference.Namespace, field) is not { } secret)
            return null;
        var key = reference.Key ?? DefaultKey;
        if (secret.Data.TryGetValue(key, out var data))
            return Encoding.UTF8.GetString(data);
        surroundings.Problem(field, $"Secret \"{secret.Key}\" has no key \"{key}\"");
        return null;
    }
}
