namespace Sluice.Configuration;

/// <summary>What becomes of clients without a valid certificate (Gateway API FrontendValidationModeType).</summary>
public enum ClientValidationMode
{
    /// <summary>The handshake fails with an alert.</summary>
    AllowValidOnly,

    /// <summary>The connection is served; backends are told nothing of the certificate.</summary>
    AllowInsecureFallback,

    /// <summary>One without any is served; with an invalid one the handshake fails with an alert (kgateway's Optional).</summary>
    AllowAbsent,
}
