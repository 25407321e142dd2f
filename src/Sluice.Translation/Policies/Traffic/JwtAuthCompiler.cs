using Sluice.Configuration.Policies;
using Spec = Sluice.Resources.Policies.Traffic.JwtAuthPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.jwtAuth: the tokens that a GatewayExtension describes are asked for.</summary>
internal static class JwtAuthCompiler
{
    public static JwtPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.ExtensionRef is not { } reference)
        {
            surroundings.Problem(field, "extensionRef is needed, or disable");
            return null;
        }
        if (surroundings.Extension(reference, field) is not { } extension)
            return null;
        if (extension.Jwt is { } jwt)
            return JwtProvidersCompiler.Compile(jwt, surroundings.Of(extension, $"{field}.extensionRef"), "jwt");
        surroundings.Problem($"{field}.extensionRef", $"GatewayExtension \"{extension.Key}\" has no jwt");
        return null;
    }
}
