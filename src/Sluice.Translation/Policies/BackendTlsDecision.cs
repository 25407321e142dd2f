using Sluice.Configuration;

namespace Sluice.Translation.Policies;

/// <summary>Whether and how TLS is spoken with a port of a Service.</summary>
/// <param name="IsTls">False: nothing asks for it.</param>
/// <param name="Settings">Null without TLS, and when it is asked for in a way that cannot be followed: then nothing may be sent.</param>
/// <param name="IsByPolicy">A BackendTLSPolicy asks for it, not the port itself.</param>
internal readonly record struct BackendTlsDecision(bool IsTls, UpstreamTls? Settings, bool IsByPolicy)
{
    public bool IsRefused => IsTls && Settings is null;
}
