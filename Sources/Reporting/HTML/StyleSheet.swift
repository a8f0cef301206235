/// The look of the page: light and dark, screen and paper. Every colour of text has a contrast of at least 4.5 to 1.
enum StyleSheet {
    static let text: StaticString = """
        :root{color-scheme:light dark;--back:#fff;--panel:#f5f7f9;--line:#dce1e6;--text:#1b2530;--soft:#55606c;--link:#0b5394;
        --critical:#b3261e;--warning:#a85b00;--notice:#2a6496;--info:#66717c;--good:#1e7a46;
        --critical-back:#fcebe9;--warning-back:#fdf3e3;--notice-back:#e9f2fa;--info-back:#eff1f3;--good-back:#e7f5ec;--on:#fff;
        --s0:#1f5f8b;--s1:#d1782a;--s2:#3c8d5a;--s3:#9b4f96;--s4:#b99b2d;--s5:#8a94a0}
        @media(prefers-color-scheme:dark){:root{--back:#14191f;--panel:#1d242c;--line:#37414c;--text:#e4e9ee;--soft:#a3aeb9;--link:#7cb7ea;
        --critical:#ff8a80;--warning:#f2b155;--notice:#83bff0;--info:#a9b3bd;--good:#74cf98;
        --critical-back:#43201e;--warning-back:#3d2f16;--notice-back:#1a3146;--info-back:#2a323a;--good-back:#18372a;--on:#14191f;
        --s0:#5ba3d6;--s1:#eda15c;--s2:#6fc18d;--s3:#c98bc5;--s4:#d9c062;--s5:#8f9aa6}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0 auto;padding:0 24px 64px;max-width:1180px;background:var(--back);color:var(--text);
        font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
        header{padding:40px 0 8px}h1{font-size:34px;line-height:1.25;margin:0 0 8px;letter-spacing:-.01em}
        .lead{font-size:18px;color:var(--soft);margin:0 0 16px;max-width:46em}
        .facts{list-style:none;display:flex;flex-wrap:wrap;gap:4px 28px;margin:0;padding:12px 0;border-top:1px solid var(--line);font-size:14px}
        nav{border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:14px}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:2px 20px;margin:0;padding:8px 0}nav a{display:inline-block;padding:4px 0}
        section{padding-top:28px}h2{font-size:24px;line-height:1.3;margin:12px 0 16px;padding-bottom:6px;border-bottom:2px solid var(--line)}
        h3{font-size:16px;line-height:1.4;margin:0;display:inline}p{margin:0 0 12px}ul{padding-left:1.3em}li{margin:4px 0}
        a{color:var(--link)}code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
        .note,.rest{color:var(--soft);font-size:14px}.rest{margin-top:6px}
        .banner{border:1px solid;border-left-width:8px;border-radius:6px;padding:16px 20px;margin:0 0 20px}.banner p:last-child{margin-bottom:0}
        .headline{font-size:22px;line-height:1.35;font-weight:700;margin-bottom:8px}
        .contacted{border-color:var(--critical);background:var(--critical-back)}.unproven,.looked-up{border-color:var(--warning);background:var(--warning-back)}
        .clean{border-color:var(--good);background:var(--good-back)}
        .contacted .headline{color:var(--critical)}.unproven .headline,.looked-up .headline{color:var(--warning)}.clean .headline{color:var(--good)}
        .figures{display:grid;grid-template-columns:repeat(6,1fr);gap:12px;margin:0 0 20px}
        .figure{display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--panel);border-radius:6px;padding:12px 14px}
        .figure dt{font-size:13px;line-height:1.35;color:var(--soft)}.figure dd{margin:0;font-size:26px;line-height:1.3;font-weight:700;white-space:nowrap}
        .figure.bad dd{color:var(--critical)}
        .wide{overflow-x:auto;margin:0 0 4px}.wide:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.45;margin:8px 0}
        caption{text-align:left;font-weight:700;font-size:15px;padding:4px 0 6px}
        th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}
        thead th{background:var(--panel);border-bottom:2px solid var(--line);vertical-align:bottom;font-weight:600}
        tbody th{font-weight:500}tbody tr:nth-child(even){background:color-mix(in srgb,var(--panel) 55%,transparent)}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}thead .n{white-space:normal}
        .badge,.mark{display:inline-block;border-radius:4px;padding:0 7px;font-size:13px;font-weight:600;white-space:nowrap}
        .mark{white-space:normal}
        .badge.critical{background:var(--critical);color:var(--on)}.badge.warning{background:var(--warning);color:var(--on)}
        .badge.notice{background:var(--notice-back);color:var(--notice)}.badge.info{background:var(--info-back);color:var(--text)}
        .good{background:var(--good-back);color:var(--good)}.poor{background:var(--warning-back);color:var(--warning)}
        .entry{border:1px solid var(--line);border-left-width:6px;border-radius:6px;margin:14px 0;padding:0 16px}
        .entry.critical{border-left-color:var(--critical)}.entry.warning{border-left-color:var(--warning)}.entry.notice{border-left-color:var(--notice)}
        .entry summary{cursor:pointer;padding:12px 0}.entry:target{outline:2px solid var(--link)}
        .terms{margin:0 0 12px;font-size:14px}.terms div{display:grid;grid-template-columns:9em 1fr;gap:10px;padding:2px 0}
        .terms dt{color:var(--soft)}.terms dd{margin:0;overflow-wrap:anywhere}
        figure{margin:0 0 20px;padding:14px 16px;border:1px solid var(--line);border-radius:6px}figcaption{margin-bottom:8px}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px;margin:0 0 8px;padding:0;font-size:13px}
        .swatch{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px}
        svg{display:block;width:100%;height:auto}.natural svg{width:auto;max-width:none}.least-640{min-width:640px}.least-480{min-width:420px}
        svg text{fill:var(--soft);font-size:12px;font-family:inherit}svg .strong{fill:var(--text)}svg .end{text-anchor:end}svg .middle,svg .cell{text-anchor:middle}
        svg .cell{font-size:11px}svg .halo{paint-order:stroke;stroke:var(--back);stroke-width:4px;fill:var(--text)}
        .grid{stroke:var(--line)}.axis{stroke:var(--soft)}.level{stroke:var(--text);stroke-dasharray:5 4}
        .watched,.home{fill:var(--s2)}.low{fill:var(--warning)}.abroad{fill:var(--s0)}
        rect.critical{fill:var(--critical)}rect.warning{fill:var(--warning)}rect.notice{fill:var(--notice-back);stroke:var(--notice)}rect.info{fill:var(--info-back);stroke:var(--info)}
        .swatch.critical{background:var(--critical)}.swatch.warning{background:var(--warning)}
        .swatch.notice{background:var(--notice-back);border:1px solid var(--notice)}.swatch.info{background:var(--info-back);border:1px solid var(--info)}
        svg .on-critical,svg .on-warning{fill:var(--on)}svg .on-notice,svg .on-info{fill:var(--text)}
        .series-0{fill:var(--s0);background:var(--s0)}.series-1{fill:var(--s1);background:var(--s1)}.series-2{fill:var(--s2);background:var(--s2)}
        .series-3{fill:var(--s3);background:var(--s3)}.series-4{fill:var(--s4);background:var(--s4)}.series-5{fill:var(--s5);background:var(--s5)}
        @media(max-width:900px){.figures{grid-template-columns:repeat(3,1fr)}}
        @media(max-width:560px){body{padding:0 14px 40px}header{padding-top:24px}h1{font-size:27px}.lead{font-size:16px}h2{font-size:21px}
        .figures{grid-template-columns:repeat(2,1fr)}.figure dd{font-size:22px}.headline{font-size:19px}.banner{padding:14px}
        .entry{padding:0 10px}.terms div{grid-template-columns:1fr;gap:0;padding:4px 0}figure{padding:10px}
        table{width:max-content;min-width:100%}th,td{max-width:15em}}
        @media print{:root{color-scheme:light;--back:#fff;--panel:#f2f4f6;--line:#c9d0d6;--text:#000;--soft:#444;--link:#000;
        --critical:#b3261e;--warning:#955000;--notice:#1f527e;--info:#555;--good:#17663a;--on:#fff;
        --critical-back:#fcebe9;--warning-back:#fdf3e3;--notice-back:#e9f2fa;--info-back:#eff1f3;--good-back:#e7f5ec;
        --s0:#1f5f8b;--s1:#d1782a;--s2:#3c8d5a;--s3:#9b4f96;--s4:#b99b2d;--s5:#8a94a0}
        @page{size:A4;margin:14mm 12mm}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        body{max-width:none;padding:0;font-size:10.5pt}header{padding-top:0}nav{display:none}
        section{padding-top:10px}h1{font-size:22pt}h2{font-size:15pt;break-after:avoid}h3{font-size:11pt}.lead{font-size:12pt}
        table{font-size:8pt;width:100%}th,td{padding:3px 5px;overflow-wrap:anywhere}.n{white-space:normal}caption{font-size:9.5pt;break-after:avoid}
        thead{display:table-header-group}tr,.banner,.figures{break-inside:avoid}summary{break-after:avoid}figure{break-inside:avoid}
        .figures{grid-template-columns:repeat(3,1fr)}.figure dd{font-size:16pt}.headline{font-size:14pt}.note,.rest,.terms,.facts{font-size:9pt}
        .badge,.mark{font-size:8pt;padding:0 4px}.wide{overflow:visible}.natural svg{max-width:100%;height:auto}.least-640,.least-480{min-width:0}
        details::details-content{content-visibility:visible;block-size:auto}a{text-decoration:none}}
        """
}
