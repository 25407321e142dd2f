using Sluice.Resources.Core;

namespace Sluice.Translation.Tests.Support;

/// <summary>Certificates of two authorities of the same name. Their keys are gone.</summary>
internal static class Authorities
{
    public const string One = """
        -----BEGIN CERTIFICATE-----
        MIIBjjCCATWgAwIBAgIUWa3G54f7a7b7+uu48RYepO4tHgswCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRRXhhbXBsZSBBdXRob3JpdHkwIBcNMjYxMTIxMTYxNjQ5WhgP
        MjEyNjEwMjgxNjE2NDlaMBwxGjAYBgNVBAMMEUV4YW1wbGUgQXV0aG9yaXR5MFkw
        EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEm46h4+c+3TXiqo6b/KFzM9RDbuV75e+b
        DEkoSNDnCPphCajcWutpXI/QtVZAjIkwyEgpbECaW8jXzJMlJdTI06NTMFEwHQYD
        VR0OBBYEFFHcGvXI2ZXJ6ZQ3i0l+FoRBhZaCMB8GA1UdIwQYMBaAFFHcGvXI2ZXJ
        6ZQ3i0l+FoRBhZaCMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
        FxGH44dlJD5DWG/jBL2W7hIrzehNneiCsG3PBgIJDtwCIFKKWLBdFkFmBvCEjk3t
        FyxTWpOUHxuyhThLEpD8W0JT
        -----END CERTIFICATE-----

        """;

    public const string Two = """
        -----BEGIN CERTIFICATE-----
        MIIBjzCCATWgAwIBAgIUL7gxMBZeL1GphFvLUg36E/JSL/IwCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRRXhhbXBsZSBBdXRob3JpdHkwIBcNMjYxMTIxMTYxNjQ5WhgP
        MjEyNjEwMjgxNjE2NDlaMBwxGjAYBgNVBAMMEUV4YW1wbGUgQXV0aG9yaXR5MFkw
        EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoHgdkY5EHzrm8fUEHD8dMww1m8KjO/Ap
        +BpVouegXIn3pCR4EZpdPp71OJ3mHvl1Ax6QsvV3WT+XGzaulKbbL6NTMFEwHQYD
        VR0OBBYEFLNTIfwnxUrEOWEvQtQOkbzlniiPMB8GA1UdIwQYMBaAFLNTIfwnxUrE
        OWEvQtQOkbzlniiPMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
        APMKXpWRsb2zs6wO7wsDq3/HkKbU3oU2mdhYG5knjGNcAiBCpjC+Z1jY1dOWNGaz
        mwKbYjdFU1iYQwInMG7LvULNwA==
        -----END CERTIFICATE-----

        """;

    public static ConfigMap Map(string name, string? certificates) => new()
    {
        Metadata = Build.Meta(name),
        Data = certificates is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["ca.crt"] = certificates },
    };
}
