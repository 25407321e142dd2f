namespace Sluice.Resources.Tests.Reading.Yaml;

/// <summary>Texts that use what YAML offers, as starting points.</summary>
internal static class YamlSamples
{
    public static string[] Valid { get; } =
    [
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: route
          labels: {app: web, "tier": 'front end'}
        spec:
          parentRefs:
          - name: gateway
            namespace: infra   # the shared one
          hostnames: ["a.example.com", b.example.com]
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /
            backendRefs:
              - name: web
                port: 80
        """,
        """
        # two documents
        ---
        a: |
          line one
            line two

          line three
        b: >-
          folded
          text

          more
        c: "escaped \t text \u00e9 \
          goes on"
        ---
        - one
        - - two
          - three
        -
          key: value
        - {a: [1, 2.5, true, ~], b: {}}
        """,
        """
        base: &base
          x: 1
          y: [a, b]
        other: *base
        text: plain text
          over lines

          and a break
        single: 'it''s
          folded'
        empty:
        null-too: ~
        last: end
        """,
        "key: value\r\nlist:\r\n- a\r\n- b\r\ntext: |\r\n  one\r\n  two\r\n",
        "a:\n  - |\n    block\n  - >\n    fold\n    ed\n\n     more\n    less\n  - !!str 12\n  - \"x\": y\n",
    ];
}
